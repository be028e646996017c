namespace Boreal.Engine.Containers.Spec;

/// <summary>Log driver (<c>json-file</c>, <c>local</c>, <c>none</c>) and its options, as in <c>--log-opt</c>.</summary>
public sealed record LogSpec(string Driver, IReadOnlyDictionary<string, string> Options);
