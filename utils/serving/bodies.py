"""From a request to the bytes of its picture: a form with a file, or JSON with base64."""

import asyncio
import base64
import binascii
import json
from collections.abc import AsyncIterator

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from utils.serving.limits import Limits
from utils.serving.refused import Refused

FIELD, KEY = "file", "image"  # of a form, and of JSON
# Brackets in JSON; base64 has none. A MiB of empty lists would block the loop for seconds.
BRACKETS = 64


async def picture_of(request: Request, limits: Limits) -> bytes:
    """Return the file that a request carries.

    Raises:
        Refused: 400, 408, 413, 415 or 422, with a sentence.
    """
    body = await read_body(request, limits)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        data = await _from_form(request, body)
    elif kind == "application/json":
        data = from_json(body)
    else:
        raise Refused(
            415, f"send multipart/form-data or application/json, not {kind or 'nothing'}"
        )
    if not data:
        raise Refused(422, "the picture is empty: it has no byte")
    return data


async def read_body(request: Request, limits: Limits) -> bytes:
    """Return the body of a request, and keep no more of it than ``limits.body`` bytes.

    Raises:
        Refused: 413 if it is longer, 408 if it takes too long, 400 if the client leaves.
    """
    kept, size = bytearray(), 0
    if _announced(request) > limits.drained:
        raise _too_long(limits)
    try:
        async with asyncio.timeout(limits.seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= limits.body:
                    kept += chunk
                elif size > limits.drained:
                    break
    except TimeoutError:
        if size > limits.body:
            raise _too_long(limits) from None
        raise Refused(408, f"the request took longer than {limits.seconds:g} seconds") from None
    except ClientDisconnect:
        raise Refused(400, "the client left before its request was complete") from None
    if size > limits.body:
        raise _too_long(limits)
    return bytes(kept)


def _announced(request: Request) -> int:
    text = request.headers.get("content-length", "0")
    return int(text) if text.isdecimal() else 0


def _too_long(limits: Limits) -> Refused:
    return Refused(413, f"a request may have {limits.body:,} bytes at most")


async def _from_form(request: Request, body: bytes) -> bytes:
    async def chunks() -> AsyncIterator[bytes]:
        yield body

    try:
        form = await MultiPartParser(request.headers, chunks(), max_files=1, max_fields=8).parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Refused(422, f"the form cannot be read: {error}") from None
    part = form.get(FIELD)
    if not isinstance(part, UploadFile):
        await form.close()
        names = ", ".join(map(repr, form)) or "no field"
        raise Refused(422, f"the form needs a file in the field {FIELD!r}, and has {names:.80}")
    data = await part.read()
    await form.close()
    return data


def from_json(body: bytes) -> bytes:
    """Return the bytes behind ``{"image": "<base64>"}``; a ``data:`` address is taken as well.

    Raises:
        Refused: 422 if it is no JSON, has no such text, or the text is no base64.
    """
    if body.count(b"[") + body.count(b"{") > BRACKETS:
        raise Refused(422, f"the JSON has more than {BRACKETS} brackets, and needs {KEY!r} alone")
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(422, "the request is no JSON") from None
    text = message.get(KEY) if isinstance(message, dict) else None
    if not isinstance(text, str):
        raise Refused(422, f"the JSON needs {KEY!r} with a text in base64")
    if text.startswith("data:"):
        text = text.partition(",")[2]
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(422, f"the text in {KEY!r} is no base64") from None
