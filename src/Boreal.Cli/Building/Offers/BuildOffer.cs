using Boreal.Cli.Building.Folders;

namespace Boreal.Cli.Building.Offers;

/// <summary>What the daemon may ask this machine for during a build, by the names it is told.</summary>
internal sealed class BuildOffer
{
    public Dictionary<string, IOfferedFolder> Folders { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SecretSource> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Sockets of SSH agents.</summary>
    public Dictionary<string, string> Agents { get; } = new(StringComparer.Ordinal);

    /// <summary>Files of SSH keys, for which agents are started.</summary>
    public Dictionary<string, IReadOnlyList<string>> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes that can be read once.</summary>
    public Dictionary<string, Stream> Uploads { get; } = new(StringComparer.Ordinal);

    /// <summary>Folders in the form of an OCI image layout.</summary>
    public Dictionary<string, string> Layouts { get; } = new(StringComparer.Ordinal);
}
