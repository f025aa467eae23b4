extension Arguments {
  /// The format that was asked for, with `--json` as a short form; the first of `formats` when nothing was said.
  func outputFormat(_ formats: [String]) -> String {
    if has(.json) { return "json" }
    return value(.format(formats)) ?? formats.first ?? "text"
  }

  /// Whether JSON was asked for, in either spelling; for commands that print text otherwise.
  var wantsJSON: Bool { outputFormat(["text", "json"]) == "json" }
}
