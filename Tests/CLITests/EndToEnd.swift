// What runs the binary on made trees is shared with other test targets; every test here uses it.
@_exported import EndToEnd
