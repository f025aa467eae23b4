import Formats
import Rules

/// What every page has around its own parts: the head that forbids it to ask for anything, a way past the contents, what it
/// is about, the answer, the contents, the parts, and who wrote it.
struct PageFrame {
  /// One part of the page below the answer.
  struct Section {
    let id: String
    let title: String
    let count: Int?
    let body: (inout HTMLWriter) -> Void
  }

  /// What browsers show of it elsewhere.
  let title: String
  /// What kind of page it is.
  let kind: String
  /// What it is about.
  let subject: String
  /// What wrote it, with its version.
  let generator: String
  /// What is known about the subject, in two or three words each.
  let facts: [(name: String, content: (inout HTMLWriter) -> Void)]
  /// Said at the end besides who wrote it.
  let closing: (inout HTMLWriter) -> Void
  /// The parts, without those that would be empty.
  let sections: [Section]

  /// The page, UTF-8, with secrets masked.
  func bytes(answer: (inout HTMLWriter) -> Void) -> [UInt8] {
    var html = HTMLWriter()
    html.block("html", ["lang": "en"]) { html in
      writeHead(&html)
      html.block("body") { html in
        html.block("a", ["class": "skip", "href": "#answer"], text: "Skip to the answer")
        writeHeader(&html)
        html.block("main") { html in
          html.block("section", ["id": "answer", "class": "answer", "aria-labelledby": "answer-title"], answer)
          writeContents(&html)
          for section in sections { write(section, &html) }
        }
        html.block("footer") { html in
          html.block("p") { html in
            html.text("Written by \(generator). This page holds no script and asks for nothing over a network. ")
            closing(&html)
          }
        }
      }
    }
    return SecretMask.masked(html.takeBytes())
  }

  private func writeHead(_ html: inout HTMLWriter) {
    html.block("head") { html in
      html.void("meta", ["charset": "utf-8"])
      // The page says of itself that it asks for nothing; a browser holds it to that.
      let style = Base64.encode(SHA256.digest(Array(PageStyle.sheet.utf8)).bytes)
      html.void(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content":
            "default-src 'none'; style-src 'sha256-\(style)'; img-src data:; base-uri 'none'; form-action 'none'",
        ])
      html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      html.void("meta", ["name": "color-scheme", "content": "light dark"])
      html.void("meta", ["name": "generator", "content": generator])
      html.void("link", ["rel": "icon", "href": "data:,"])
      html.block("title", text: title)
      html.block("style") { $0.literal(PageStyle.sheet) }
    }
  }

  private func writeHeader(_ html: inout HTMLWriter) {
    html.block("header", ["class": "top"]) { html in
      html.block("p", ["class": "kind"], text: kind)
      html.block("h1", text: subject)
      html.block("dl", ["class": "facts"]) { html in
        for fact in facts {
          html.block("div") { html in
            html.element("dt", text: fact.name)
            html.element("dd", [:], fact.content)
          }
        }
      }
    }
  }

  private func writeContents(_ html: inout HTMLWriter) {
    html.block("nav", ["aria-label": "Contents"]) { html in
      html.block("ul") { html in
        for section in sections {
          html.block("li") { html in
            html.element("a", ["href": "#\(section.id)"], text: section.title)
            if let count = section.count { html.element("span", ["class": "count"], text: " \(grouped(count))") }
          }
        }
      }
    }
  }

  private func write(_ section: Section, _ html: inout HTMLWriter) {
    html.block("section", ["id": section.id, "aria-labelledby": "\(section.id)-title"]) { html in
      html.block("h2", ["id": "\(section.id)-title"]) { html in
        html.text(section.title)
        if let count = section.count { html.element("span", ["class": "count"], text: " \(grouped(count))") }
      }
      section.body(&html)
    }
  }
}
