import Testing

@testable import Scanning

@Suite("Comment, string and code are told apart")
struct ClassifierTests {
  /// The classes of a text as letters: `.` code, `c` comment, `s` string.
  private func letters(_ text: String, _ language: String) throws -> String {
    let known = try #require(Language.named(language))
    let classes = Classifier.classify(Array(text.utf8), as: known)
    return String(
      text.utf8.indices.enumerated().map { offset, _ -> Character in
        switch classes.at(offset) {
        case .code: "."
        case .comment: "c"
        case .string: "s"
        }
      })
  }

  @Test(
    "markers, quotes and escapes decide",
    arguments: [
      ("python", "x = 1 # y", "......ccc"),
      ("python", "x = 'a#b'", "....sssss"),
      ("python", "x = 'a\\'b' # c", "....ssssss.ccc"),
      ("python", "'''a\n#b''' + c", "ssssssssss...."),
      ("shell", "echo a#b # c", ".........ccc"),
      ("shell", "echo \"a # b\"", ".....sssssss"),
      ("swift", "/* a /* b */ c */ d", "ccccccccccccccccc.."),
      ("c", "/* a /* b */ c", "cccccccccccc.."),
      ("javascript", "`a\n//b` // c", "sssssss.cccc"),
      ("sql", "select 'a' -- b", ".......sss.cccc"),
      ("yaml", "a: b#c # d", ".......ccc"),
      ("markdown", "# heading", "sssssssss"),
      ("powershell", "$a = \"b`\"c\" # d", ".....ssssss.ccc"),
      ("powershell", "<# a\nb #> $c", "ccccccccc..."),
      ("batch", "REM a\nset x", "ccccc......"),
      ("haskell", "{- a {- b -} -} x -- y", "ccccccccccccccc...cccc"),
      ("julia", "#= a =# x # y", "ccccccc...ccc"),
      ("nix", "x = ''a # b''; # c", "....sssssssss..ccc"),
      ("dart", "x = r'a\\'; // b", "....sssss..cccc"),
      ("elixir", "x = \"a # b\" # c", "....sssssss.ccc"),
      ("zig", "x = \"a\"; // b", "....sss..cccc"),
      ("r", "x <- 'a # b' # c", ".....sssssss.ccc"),
      ("scala", "\"\"\"a\n//b\"\"\" // c", "sssssssssss.cccc"),
      ("groovy", "x = 'a//b' // c", "....ssssss.cccc"),
      ("clojure", "(f \"a;b\") ; c", "...sssss..ccc"),
    ])
  func classes(language: String, text: String, expected: String) throws {
    #expect(try letters(text, language) == expected)
  }

  @Test("a here-document is text up to its word")
  func hereDocument() throws {
    #expect(try letters("cat <<EOF\na # b\nEOF\nx # y", "shell") == "..........ssssssssss..ccc")
  }

  @Test("a shift is no here-document")
  func shift() throws {
    #expect(try letters("x=$((1 << 20))\ny", "shell") == "................")
  }

  @Test("an unclosed string ends with its line, unless the language lets it go on")
  func unclosed() throws {
    #expect(try letters("x = 'a\ny", "python") == "....ss..")
    #expect(try letters("x = \"\"\"a\ny", "python") == "....ssssss")
  }

  @Test("a file's language comes from its name, else from its interpreter")
  func languages() {
    #expect(Language.of(path: "a/b.py", firstLine: [])?.name == "python")
    #expect(Language.of(path: "Dockerfile.dev", firstLine: [])?.name == "dockerfile")
    #expect(Language.of(path: "run", firstLine: Array("#!/usr/bin/env python3.11".utf8)[...])?.name == "python")
    #expect(Language.of(path: "run", firstLine: Array("#!/bin/sh -e".utf8)[...])?.name == "shell")
    #expect(Language.of(path: "data.bin", firstLine: []) == nil)
    #expect(Language.of(path: ".env.production", firstLine: [])?.name == "ini")
    #expect(Language.of(path: "ci/Jenkinsfile", firstLine: [])?.name == "groovy")
    #expect(Language.of(path: "setup.PS1", firstLine: [])?.name == "powershell")
    #expect(Language.allNames.count >= 30)
  }

  @Test("any bytes can be classified, in any language, and every byte gets a class", arguments: Language.allNames)
  func anyBytes(name: String) throws {
    let language = try #require(Language.named(name))
    let alphabet = Array("\"'`#/*-<=EOF\n\\{} r$;".utf8)
    var state: UInt64 = 88_172_645_463_325_252
    for length in 0..<200 {
      var bytes: [UInt8] = []
      for _ in 0..<length {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        bytes.append(alphabet[Int(state % UInt64(alphabet.count))])
      }
      let classes = Classifier.classify(bytes, as: language)
      for offset in bytes.indices { #expect(ByteClass.allCases.contains(classes.at(offset))) }
    }
  }
}
