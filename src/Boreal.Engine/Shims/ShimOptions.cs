namespace Boreal.Engine.Shims;

/// <summary>Where the shim's executable is.</summary>
public sealed record ShimOptions(string ExecutablePath);
