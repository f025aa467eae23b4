import Formats
import Rules

/// Writes what a document claims, each with its line: the facts behind contradictions, for those who tell them.
enum DocumentWriter {
  static func write(_ claims: DocumentClaims, absent: Set<String>, to json: inout JSONWriter) {
    json.object("document") { json in
      json.list("sections", claims.sections) { section, json in
        object(section.line, &json) { json in
          json.member("number", section.number)
          json.member("title", section.title)
        }
      }
      json.list("metadata", claims.metadata) { item, json in
        object(item.line, &json) { json in
          json.member("key", item.key)
          json.member("value", item.value)
        }
      }
      json.list("boxes", claims.boxes) { box, json in
        object(box.line, &json) { json in
          json.member("text", box.text)
          json.member("ticked", box.isTicked)
          json.member("section", box.section)
        }
      }
      json.list("citations", claims.citations) { citation, json in
        object(citation.line, &json) { json in
          json.member("path", citation.path)
          json.member("is_test", citation.isTest)
          json.member("exists", !absent.contains(citation.path))
        }
      }
      json.list("commands", claims.commands) { command, json in
        object(command.line, &json) { json in json.member("text", command.text) }
      }
      write(claims.verdictLine, "verdict_line", to: &json)
      write(claims.targetStatus, "target_status", to: &json)
      json.list("exit_codes", claims.exitCodes) { code, json in
        object(code.line, &json) { json in
          json.member("status", code.status)
          json.member("verdict", code.verdict.rawValue)
        }
      }
    }
  }

  private static func write(_ claimed: DocumentClaims.ClaimedVerdict?, _ key: String, to json: inout JSONWriter) {
    json.key(key)
    guard let claimed else { return json.null() }
    object(claimed.line, &json) { json in json.member("verdict", claimed.verdict.rawValue) }
  }

  private static func object(_ line: Int, _ json: inout JSONWriter, _ members: (inout JSONWriter) -> Void) {
    json.beginObject()
    members(&json)
    json.member("line", line)
    json.endObject()
  }
}
