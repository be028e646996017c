using System.Security.Cryptography;

namespace Boreal.Engine.Networks;

/// <summary>How a sandbox's id leads to its file and its link: nothing else need be remembered to find them.</summary>
internal sealed class SandboxNames(NetworkOptions options)
{
    private const int FileDigits = 12;
    private const int LinkDigits = 6;

    public string Directory => options.NamespaceDirectory;

    public static string CreateId() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    public string PathOf(string sandboxId) => Path.Combine(options.NamespaceDirectory, sandboxId[..FileDigits]);

    public string LinkOf(string sandboxId) => options.LinkPrefix + sandboxId[..LinkDigits];

    public bool IsLink(string name) => name.Length == options.LinkPrefix.Length + LinkDigits && name.StartsWith(options.LinkPrefix, StringComparison.Ordinal);
}
