"""Our few icons, drawn on a grid of 16: a shape for every effect and action."""

PATHS = {
    "tick": "M6.3 13.3 1.2 8.2l2-2 3.1 3.1 6.5-6.6 2 2z",
    "triangle": "M8 1 15.7 14.5H.3zM7.1 6v4.4h1.8V6zm0 5.5v1.7h1.8v-1.7z",
    "bar": "M1 5.5h14v5H1z",
    "info": "M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8zM7 7v5h2V7zm0-3v2h2V4z",
    "print": "M4 1h8v4H4zM1 6h14v7h-3v2H4v-2H1zm5 4v3.5h4V10z",
    "download": "M7 1h2v7l2.5-2.5L13 7l-5 5-5-5 1.5-1.5L7 8zM1 13h14v2H1z",
    "search": "M6.5 1a5.5 5.5 0 0 1 4.4 8.8l4 4-1.4 1.4-4-4A5.5 5.5 0 1 1"
    " 6.5 1zm0 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
    "arrow": "M9 2l6 6-6 6-1.4-1.4L11 9H1V7h10L7.6 3.4z",
    "person": "M8 1a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM1 15c0-4 3-6 7-6s7 2 7 6z",
    "camera": "M5.5 2h5l1 2H15v10H1V4h3.5zM8 6a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "clock": "M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8zM7 4v5l3.7 2.2 1-1.6"
    "L9 8V4z",
    "lock": "M4 7V5a4 4 0 0 1 8 0v2h1.5v8h-11V7zm2 0h4V5a2 2 0 0 0-4 0z",
    "plus": "M7 2h2v5h5v2H9v5H7V9H2V7h5z",
    "gate": "M8 1C4.2 1 1.5 3.7 1.5 7.5V15H5V8c0-2 1.2-3.3 3-3.3S11 6 11 8v7h3.5"
    "V7.5C14.5 3.7 11.8 1 8 1z",
}
EFFECTS = {"ALLOW": "tick", "WARN": "triangle", "BLOCK": "bar"}
