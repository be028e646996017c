using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Logs;

namespace Boreal.Engine.Shims;

/// <summary>What a shim must know of its container.</summary>
public sealed record ShimLaunch
{
    public required ContainerId Id { get; init; }

    /// <summary>The shim's own directory, on a file system that does not survive a boot. Made if missing.</summary>
    public required string StateDirectory { get; init; }

    public required string BundleDirectory { get; init; }

    public required string ExitRecordPath { get; init; }

    public required RuntimeCommand Runtime { get; init; }

    /// <summary>The bundle's <c>linux.cgroupsPath</c>, by which out-of-memory kills are found.</summary>
    public string CgroupPath { get; init; } = "";

    public required bool Tty { get; init; }

    public required bool OpenStdin { get; init; }

    public required bool StdinOnce { get; init; }

    public ConsoleSize? ConsoleSize { get; init; }

    public required LogTarget Log { get; init; }
}
