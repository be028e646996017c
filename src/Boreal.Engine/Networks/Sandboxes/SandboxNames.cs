
namespace Boreal.Engine.Networks.Sandboxes;

/// <summary>How the ids of sandboxes and endpoints lead to files and links: nothing else need be remembered to find them.</summary>
internal sealed class SandboxNames(NetworkOptions options)
{
    private const int FileDigits = 12;
    private const int LinkDigits = 6;

    public string Directory => options.NamespaceDirectory;

    /// <summary>What stands for the host's own namespace where a sandbox's file is shown.</summary>
    public string HostKey => Path.Combine(options.NamespaceDirectory, "default");

    public static string CreateId() => $"{Guid.NewGuid():N}{Guid.NewGuid():N}";

    public string PathOf(string sandboxId) => Path.Combine(options.NamespaceDirectory, sandboxId[..FileDigits]);

    public string LinkOf(string endpointId) => options.LinkPrefix + endpointId[..LinkDigits];

    /// <summary>The link of a sandbox made ahead, if it has one.</summary>
    public IReadOnlyList<string> LinksOf(Sandbox sandbox) => sandbox.EndpointId.Length > 0 ? [LinkOf(sandbox.EndpointId)] : [];

    public bool IsLink(string name) => name.Length == options.LinkPrefix.Length + LinkDigits && name.StartsWith(options.LinkPrefix, StringComparison.Ordinal);
}
