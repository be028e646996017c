namespace Boreal.Engine.Containers.Spec;

/// <summary>A container port; protocol is <c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
public readonly record struct PortSpec(ushort Port, string Protocol)
{
    public override string ToString() => $"{Port}/{Protocol}";
}
