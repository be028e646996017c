using Boreal.BuildWire.Paths;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>The paths of a context or stage that a plan reads. The list handed to an operation fills up while planning goes on.</summary>
internal sealed class UsedPaths
{
    private readonly HashSet<string> _paths = [];

    /// <summary>Complete after <see cref="Close"/>; empty means everything.</summary>
    public List<string> Followed { get; } = [];

    public void Add(string path) => _paths.Add(SlashPath.Join("/", path));

    public void AddAll() => _paths.Add("/");

    public void AddFrom(UsedPaths other) => _paths.UnionWith(other._paths);

    public void Close()
    {
        Followed.Clear();
        if (!_paths.Contains("/")) Followed.AddRange(_paths.Select(path => path[1..]).Order(StringComparer.Ordinal));
    }
}
