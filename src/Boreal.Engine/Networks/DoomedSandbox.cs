namespace Boreal.Engine.Networks;

/// <summary>Something of a sandbox to take away: its file, its link or both; <see cref="Gone"/> is called when nothing of it is left.</summary>
internal sealed record DoomedSandbox(string? Path, string? Link, Action? Gone = null);
