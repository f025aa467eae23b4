import Formats

print(Format.json.rawValue)
