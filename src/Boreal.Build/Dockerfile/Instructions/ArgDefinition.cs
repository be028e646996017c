namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>One argument of an ARG; no value means that the caller, or the global argument, gives it.</summary>
internal sealed record ArgDefinition(string Name, string? Value, string? Description);
