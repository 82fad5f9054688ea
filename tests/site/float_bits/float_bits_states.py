"""Settings in which the demo must look right: the opening state, zero, infinities and extremes."""

STATES = [
    {},
    {"code": 0},
    {"code": 0x8000},
    {"code": 0x7BFF},
    {"code": 0x7C00},
    {"code": 0xFFFF},
    {"code": 0x8001},
    {"code": 0xFBFF},
    {"code": 0x03FF},
]
