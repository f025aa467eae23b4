extension MarkdownDocument {
  /// Writes the members `headings`, `tasks`, `code_blocks`, `code_spans`, `links`, `tables` and `metadata` into an open
  /// object: what `auditor parse --from markdown` shows. Lines count from 1.
  public func writeFields(to json: inout JSONWriter) {
    json.objects("headings", headings) { json, heading in
      json.member("level", heading.level)
      json.member("text", heading.text)
      json.member("line", heading.position.line)
    }
    json.objects("tasks", tasks) { json, task in
      json.key("checked")
      json.boolean(task.isChecked)
      json.member("text", task.text)
      json.member("line", task.position.line)
      json.key("section")
      if let heading = task.heading { json.string(headings[heading].text) } else { json.null() }
    }
    json.objects("code_blocks", codeBlocks) { json, block in
      json.member("kind", block.kind.rawValue)
      // As written, which the suite's rows ask for (docs/decisions/0005).
      json.member("info", block.rawInfo)
      json.member("line", block.position.line)
      json.member("content", block.content)
    }
    json.key("code_spans")
    json.strings(codeSpans.map(\.content))
    json.objects("links", links) { json, link in
      json.member("href", link.destination)
      json.member("text", link.text)
    }
    json.objects("tables", tables) { json, table in
      json.member("line", table.position.line)
      json.key("header")
      json.strings(table.header)
      json.key("rows")
      json.beginArray()
      for row in table.rows { json.strings(row.cells) }
      json.endArray()
    }
    json.objects("metadata", metadata) { json, entry in
      json.member("key", entry.key)
      json.member("value", entry.value)
      json.member("line", entry.position.line)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func strings(_ texts: [String]) {
    beginArray()
    for text in texts { string(text) }
    endArray()
  }

  fileprivate mutating func objects<Element>(
    _ key: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    self.key(key)
    beginArray()
    for element in elements {
      beginObject()
      write(&self, element)
      endObject()
    }
    endArray()
  }
}
