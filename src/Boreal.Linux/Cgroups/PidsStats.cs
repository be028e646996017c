namespace Boreal.Linux.Cgroups;

/// <summary>Number of tasks; a limit of zero means none.</summary>
public sealed record PidsStats
{
    public ulong Current { get; init; }

    public ulong Limit { get; init; }
}
