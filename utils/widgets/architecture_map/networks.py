"""What the full-size networks cost, in the order of their years; a test counts them anew."""

from typing import NamedTuple


class Counts(NamedTuple):
    """One network: its name, year, parameters, multiply-adds for an image, and depth."""

    name: str
    year: int
    parameters: int
    multiply_adds: int
    depth: int


NETWORKS = (
    Counts("AlexNet", 2012, 61_100_840, 714_188_480, 8),
    Counts("NiN", 2013, 7_439_608, 965_572_864, 12),
    Counts("VGG-16", 2014, 138_357_544, 15_470_264_320, 16),
    Counts("GoogLeNet", 2014, 6_624_904, 1_498_376_192, 22),
    Counts("ResNet-18", 2015, 11_689_512, 1_814_073_344, 18),
    Counts("ResNet-34", 2015, 21_797_672, 3_663_761_408, 34),
    Counts("ResNet-50", 2015, 25_557_032, 4_089_184_256, 50),
    Counts("DenseNet-121", 2016, 7_978_856, 2_834_161_664, 121),
    Counts("ResNeXt-50", 2016, 25_028_904, 4_230_479_872, 50),
    Counts("MobileNet-v2", 2018, 3_504_872, 300_774_272, 53),
    Counts("ConvNeXt-tiny", 2022, 28_589_128, 4_455_531_264, 59),
)
