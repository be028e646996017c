using System.Net;

namespace Boreal.Engine.Networks.Sandboxes;

/// <summary>What there is of a sandbox to take away: its file, its links, connections of its addresses; <see cref="Gone"/> is called when nothing of it is left.</summary>
internal sealed record DoomedSandbox(string? Path, IReadOnlyList<string> Links)
{
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    public Action? Gone { get; init; }
}
