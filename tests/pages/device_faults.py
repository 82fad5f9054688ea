"""Code that a GPU refuses, and code that it runs; ``try_device_faults.py`` has what it uses."""

FAULTS = """
there + here
here @ there
here.add_(there)
there.mul_(here)
torch.cat([there, here])
torch.stack([here, there])
torch.einsum("i,i", here, there)
torch.where(there > 0, there, here)
torch.where(here > 0, there, there)
torch.equal(here, there)
torch.add(there, 1, out=here)
torch.tensor(1.0).add_(there[0])
torch.from_numpy(np.ones(3)) * there
torch.ones_like(here) + there
torch.tensor([there[0], 2.0]) + there[:2]
there.cpu() + there
there.to("cpu") + there
there.to(here) + there
there.type_as(here) + there
here[:1].expand_as(there) + there
there.max(0).values + here
there.split(1)[0] + here[:1]
next(iter(there.reshape(3, 1))) + here[:1]
copy.deepcopy(there) + here
nn.Parameter(there) + here
loaded(here) + there
torch.ones(3, device="meta") + there
next(iter(DataLoader(TensorDataset(here))))[0] + there
there.numpy()
there.double().detach().numpy()
np.asarray(there)
[row.numpy() for row in there]
here[there > 0]
here[there.long()]
here.__setitem__(there > 0, 0)
there.__setitem__(there > 0, here)
there.index_put_((there.long(),), here)
there.gather(0, here.long())
there.index_select(0, here.long())
there.scatter_add_(0, there.long(), here)
there.masked_fill(here > 0, 0)
nn.Linear(3, 2)(there)
nn.Linear(3, 2).to(DEVICE)(here)
nn.Linear(3, 2, device=DEVICE)(here)
nn.BatchNorm1d(3)(there[None].expand(2, 3))
nn.Embedding(3, 2).to(DEVICE)(torch.tensor([0]))
nn.LSTM(3, 4).to(DEVICE)(there[None, None], (torch.zeros(1, 1, 4), torch.zeros(1, 1, 4)))
torch.func.functional_call(nn.Linear(3, 2), {"bias": there[:2]}, (here,))
torch.jit.trace(nn.Linear(3, 2), here)(there)
F.cross_entropy(there[None], torch.tensor([0]))
F.cross_entropy(there[None], torch.tensor([0], device=DEVICE), weight=here)
nn.MSELoss()(there, here)
F.conv2d(torch.ones(1, 1, 3, 3, device=DEVICE), torch.ones(1, 1, 2, 2))
F.scaled_dot_product_attention(*[there[None]] * 3, attn_mask=torch.zeros(1, 1))
torch.randn(3, device=DEVICE, generator=torch.Generator())
there.uniform_(generator=torch.Generator())
torch.randperm(3, device=DEVICE, generator=torch.Generator())
step(lambda of: torch.optim.SGD(of, momentum=0.9), "momentum_buffer")
step(torch.optim.Adam, "exp_avg")
setattr(leaf(), "grad", here)
leaf().backward(here)
torch.autograd.grad((x := leaf()) * 2, x, here)
torch.autograd.grad((leaf_ := leaf()).sum(), leaf_)[0] + here
torch.autograd.functional.jacobian(lambda x: x * torch.ones(3), there)
twice(lambda g, x, ones: g * torch.ones(3))
twice(lambda g, x, ones: g * here)
twice(lambda g, x, ones: g * torch.from_numpy(np.ones(3)))
twice(lambda g, x, ones: torch.tensor(g.numpy()))
twice(lambda g, x, ones: x * ones)
twice(lambda g, x, ones: torch.ones(3))
hooked(lambda g: g * torch.ones(3))
hooked(lambda g: g.numpy() and None)
kept() + here
saved(lambda x: x + torch.ones(3))
saved(lambda x: torch.tensor(x.numpy()))
in_a_thread(lambda: there + here)
torch.vmap(lambda x: x * torch.ones(3))(there[None])
torch.vmap(lambda x: x * 2)(there) + here
torch.vmap(torch.mul)(there, here)
torch.func.jacrev(lambda x: x * torch.arange(3))(there)
torch.func.jacrev(lambda x: x * 2)(there) + here
torch.func.jacfwd(lambda x: x * 2)(there) + here
torch.func.hessian(lambda x: (x**3 * torch.arange(3)).sum())(there)
torch.func.grad(lambda x: (x**2).sum())(there) + here
torch.func.vjp(lambda x: x * 2, there)[1](here)
torch.func.jvp(lambda x: x * 2, (there,), (here,))
""".strip().splitlines()

RUNS = """
assert (there + 1).device == (there + torch.tensor(1.0)).device == DEVICE != here.device
assert there[[0, 2]].device == there[here.long()].device == there[here > 0].device == DEVICE
there[:2] = here[:2]
there[here > 0] = there.clone()
here.copy_(there + 1), there.copy_(here)
assert (there.device, here.device) == (DEVICE, torch.device("cpu")) and there.tolist() == [2, 2, 2]
assert there.cpu().numpy().sum() == 6 and there.cpu() is not there and there.to(DEVICE) is there
assert repr(there).endswith(", device='meta:0')") and f"{there[0]:.1f}" == "2.0"
assert not there.is_cpu and there.get_device() == 0
nn.init.normal_(nn.Linear(3, 2).weight, generator=torch.Generator())
assert {p.device for p in nn.LSTM(3, 4).to(there).parameters()} == {DEVICE}
assert nn.Linear(3, 2).to(device=DEVICE, dtype=torch.float64)(there.double()).device == DEVICE
step(lambda of: torch.optim.SGD(of, momentum=0.9)), step(torch.optim.Adam)
twice(lambda g, x, ones: g * torch.ones(3, device=g.device) * x)
hooked(lambda g: g * there)
assert torch.autograd.gradcheck(torch.sin, leaf().double())
saved(lambda x: x + torch.ones(3, device=x.device))
checkpoint(lambda x: x.sin().cos(), leaf(), use_reentrant=False).sum().backward()
assert there[:1].expand_as(here).device == torch.ones(3).type_as(there).device == DEVICE
assert [x.device for x in torch.broadcast_tensors(there, here)] == [DEVICE, here.device]
assert kept().device == DEVICE
assert loaded(there).device == here.device
assert torch.vmap(torch.func.grad(lambda x: x * x))(there).device == DEVICE
assert torch.func.jvp(torch.sin, (there,), (there,))[1].device == DEVICE
""".strip().splitlines()
