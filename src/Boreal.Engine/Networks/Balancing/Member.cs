using Boreal.Engine.Networks.Endpoints;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>A running container as the balancer sees it.</summary>
internal sealed record Member(SandboxRequest Request, NetworkStatus Status, Attachment Attachment)
{
    public string Group => Attachment.Group;

    /// <summary>The lower came first.</summary>
    public required long Arrival { get; init; }

    /// <summary>It can serve: it is healthy, or where nobody checks that, listens on its ports.</summary>
    public bool IsReady { get; init; }

    /// <summary>It gets no new connections: it is about to end, or paused.</summary>
    public bool IsWithdrawn { get; init; }
}
