namespace Boreal.Engine.Containers.Spec;

/// <summary>Namespace modes in Docker's notation: empty or <c>private</c>, <c>host</c>, <c>shareable</c>, <c>container:ID</c>.</summary>
public sealed record NamespaceSpec
{
    public string Ipc { get; init; } = "private";

    public string Pid { get; init; } = "";

    public string Uts { get; init; } = "";

    public string Cgroup { get; init; } = "private";

    public string User { get; init; } = "";
}
