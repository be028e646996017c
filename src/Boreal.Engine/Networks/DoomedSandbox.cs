using System.Net;

namespace Boreal.Engine.Networks;

/// <summary>What there is of a sandbox to take away: its file, its link, connections of its address; <see cref="Gone"/> is called when nothing of it is left.</summary>
internal sealed record DoomedSandbox(string? Path, string? Link, IPAddress? Address = null, Action? Gone = null);
