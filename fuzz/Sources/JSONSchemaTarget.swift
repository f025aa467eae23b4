import Formats
import Scanning

extension FuzzTarget {
  /// Input: schema, divider, instance. The schema is read as YAML, of which JSON is a part.
  static let jsonSchema = FuzzTarget(
    name: "jsonschema", promise: "valid has no errors and invalid has some; errors lie in the instance or the schema"
  ) { bytes in
    guard let (schemaBytes, instanceBytes) = FuzzInput.halves(bytes) else { return }
    guard let schema = try? YAML.read(schemaBytes), let instance = try? JSON.read(instanceBytes) else { return }
    for assertsFormat in [false, true] {
      check(schema, schemaBytes, instance, instanceBytes, assertsFormat)
    }
  }

  private static func check(
    _ schema: Value, _ schemaBytes: [UInt8], _ instance: Value, _ instanceBytes: [UInt8], _ assertsFormat: Bool
  ) {
    do throws(FormatError) {
      let compiled = try JSONSchema(
        schema, baseURI: "https://example.org/schema", patterns: SchemaPattern.compiler,
        options: JSONSchema.Options(assertsFormat: assertsFormat))
      let isValid = compiled.isValid(instance)
      let errors = compiled.validate(instance)
      expect(isValid == errors.isEmpty, "\(isValid ? "valid" : "invalid") with \(errors.count) errors")
      expect(errors.count <= JSONSchema.errorLimit + 1, "\(errors.count) errors are too many")
      let positions = PositionCheck(instanceBytes)
      for error in errors {
        positions.check(error.instancePosition, "an error")
        _ = "\(error)"
      }
    } catch {
      PositionCheck(schemaBytes).check(error)
    }
  }
}
