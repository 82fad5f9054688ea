"""Annotated pictures of Pascal VOC and COCO, through torchvision: one door to their readers."""

from utils.data.annotated import UNDECIDED, Annotated
from utils.data.coco import coco_detection
from utils.data.voc import VOC_CLASSES, voc_detection, voc_segmentation

__all__ = [
    "UNDECIDED",
    "VOC_CLASSES",
    "Annotated",
    "coco_detection",
    "voc_detection",
    "voc_segmentation",
]
