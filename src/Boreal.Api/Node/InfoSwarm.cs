namespace Boreal.Api.Node;

/// <summary>This engine's place in a cluster; clients read <see cref="LocalNodeState"/>.</summary>
public sealed record InfoSwarm
{
    public string NodeID { get; init; } = "";

    public string NodeAddr { get; init; } = "";

    public string LocalNodeState { get; init; } = "inactive";

    public bool ControlAvailable { get; init; }

    public string Error { get; init; } = "";

    public IReadOnlyList<string>? RemoteManagers { get; init; }
}
