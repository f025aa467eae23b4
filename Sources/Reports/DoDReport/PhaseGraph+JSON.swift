import Formats
import Rules

extension PhaseGraph {
  /// `phase_graph`: nodes, edges from a phase to what it requires, and cycles.
  func write(to json: inout JSONWriter) {
    json.object("phase_graph") { json in
      json.list("nodes", nodes) { node, json in
        json.beginObject()
        json.member("phase_id", node.phaseID)
        json.member("registered", node.registered)
        json.member("computed", node.computed?.rawValue)
        json.member("has_document", node.hasDocument)
        json.member("path", node.location.path)
        json.member("line", node.location.line)
        json.endObject()
      }
      let edges = nodes.flatMap { node in node.requires.map { (from: node.phaseID, to: $0) } }
      json.list("edges", edges) { edge, json in
        json.beginObject()
        json.member("from", edge.from)
        json.member("requires", edge.to)
        json.endObject()
      }
      json.list("cycles", cycles) { cycle, json in
        json.beginArray()
        for phaseID in cycle { json.string(phaseID) }
        json.endArray()
      }
    }
  }
}
