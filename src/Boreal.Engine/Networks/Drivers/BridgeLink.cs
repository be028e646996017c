namespace Boreal.Engine.Networks.Drivers;

/// <summary>A bridge as the kernel has it.</summary>
internal sealed record BridgeLink(string Name, int Index, int Mtu)
{
    /// <summary>Connections of the host to its own loopback addresses can be translated like others.</summary>
    public bool TranslatesLoopback { get; init; }

    /// <summary>Containers on it do not reach each other.</summary>
    public bool IsolatesPorts { get; init; }
}
