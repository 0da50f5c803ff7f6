"""What the coach notices in free text: text checks, which earn a gentle tip, and signals, which interrupt for safety.

The idea: people write in a hundred ways, so a text is folded once (`folding`) into plain words, and every pattern is
written for those. Patterns are RE2's (`patterns`), which no text can make slow; what they mean is data (`check`,
`signal`).
Nothing here keeps a text, and no result quotes one.
"""
