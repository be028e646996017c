namespace Boreal.BuildWire.Http2;

internal readonly record struct HeaderField(string Name, string Value);
