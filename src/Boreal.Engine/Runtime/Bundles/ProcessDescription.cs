using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime.Security;
using Boreal.Engine.Runtime.Users;

namespace Boreal.Engine.Runtime.Bundles;

/// <summary>A process as the runtime-spec describes it, of a container or of an exec.</summary>
internal sealed record ProcessDescription
{
    public required IReadOnlyList<string> Arguments { get; init; }

    public required IReadOnlyList<string> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    public required ProcessUser User { get; init; }

    public required Capabilities Capabilities { get; init; }

    public required IReadOnlyList<UlimitSpec> Ulimits { get; init; }

    public bool NoNewPrivileges { get; init; }

    public string? AppArmorProfile { get; init; }

    public int OomScoreAdj { get; init; }

    public bool Tty { get; init; }

    public ConsoleSize? ConsoleSize { get; init; }
}
