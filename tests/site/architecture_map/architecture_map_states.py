"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"picked": "AlexNet"},
    {"year": 2012},
    {"year": 2014, "picked": "VGG-16"},
    {"picked": "MobileNet-v2"},
    {"year": 2016, "picked": "ConvNeXt-tiny"},
]
