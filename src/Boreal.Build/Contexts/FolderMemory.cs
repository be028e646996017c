namespace Boreal.Build.Contexts;

/// <summary>Digests of what was chosen of a received folder, remembered as long as the folder is what it was.</summary>
internal sealed class FolderMemory
{
    // More than a Dockerfile has copies; what comes on top is computed.
    private const int MostDigests = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _digests = new(StringComparer.Ordinal);
    private string _version = "";

    /// <summary>The folder is this now. Another version than before, or an unknown one (empty), makes all forgotten.</summary>
    public void Begin(string version)
    {
        lock (_lock)
        {
            if (version == _version && version.Length > 0)
                return;
            _version = version;
            _digests.Clear();
        }
    }

    /// <param name="choice">What is chosen, and how.</param>
    /// <param name="compute">Looks at the files.</param>
    public byte[] DigestOf(string choice, Func<byte[]> compute)
    {
        lock (_lock)
        {
            if (_digests.TryGetValue(choice, out var known))
                return known;
        }

        var digest = compute();
        lock (_lock)
        {
            if (_digests.Count < MostDigests)
                _digests.TryAdd(choice, digest);
        }

        return digest;
    }
}
