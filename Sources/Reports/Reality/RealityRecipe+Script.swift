package import Rules

extension RealityRecipe {
  /// The recipe as a script for a POSIX shell: it prints a line a step, and `sh` runs it where the bundle is.
  ///
  /// - Parameters:
  ///   - bundle: the folder as it was named.
  ///   - titles: what each gate is about.
  package func script(bundle: String, title: (Int) -> String) -> String {
    var text = """
      # What can be checked of \(printable(bundle)) by hand: paste it into sh, or pipe it there.
      # Each command recomputes what the bundle claims; none of them is auditor's.
      cd -- \(Self.quoted(bundle)) || exit 4
      check() {
        if [ "$2" = "$3" ]; then printf 'agrees   %s\\n' "$1"; else printf 'DIFFERS  %s: %s, claimed %s\\n' "$1" "$2" "$3"; differs=1; fi
      }
      differs=0

      """
    var gate: Int?
    text += "\n# the files\n"
    for step in steps {
      if step.gate != gate, let number = step.gate {
        gate = number
        text += "\n# gate \(number): \(title(number))\n"
      }
      text += "check \(Self.quoted(step.what)) \"$(\(step.command))\" \(Self.quoted(step.expected))\n"
    }
    return text + "\nexit $differs\n"
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
