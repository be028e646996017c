using System.Collections.Immutable;

namespace Boreal.Engine.Containers;

/// <summary>One immutable view of all containers: replaced as a whole, read without a lock.</summary>
internal sealed class ContainerIndex
{
    private readonly Dictionary<string, Container> _byId;
    private readonly Dictionary<string, Container> _byName;

    public ContainerIndex(ImmutableArray<Container> containers)
    {
        NewestFirst = containers.Sort(static (left, right) => right.Spec.Created.CompareTo(left.Spec.Created));
        _byId = containers.ToDictionary(container => container.Id.Value, StringComparer.Ordinal);
        _byName = containers.ToDictionary(container => container.Spec.Name, StringComparer.Ordinal);
    }

    public ImmutableArray<Container> NewestFirst { get; }

    public ContainerIndex Add(Container container) => new(NewestFirst.Add(container));

    public ContainerIndex Remove(Container container) => new(NewestFirst.Remove(container));

    public Container? FindByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Docker's order: full id, exact name, unambiguous id prefix.</summary>
    public Container? Find(string reference)
    {
        if (_byId.TryGetValue(reference, out var container) || _byName.TryGetValue(reference.TrimStart('/'), out container))
            return container;
        return CountPrefix(reference) == 1
            ? NewestFirst.First(candidate => candidate.Id.Value.StartsWith(reference, StringComparison.Ordinal))
            : null;
    }

    public int CountPrefix(string prefix) =>
        prefix.Length == 0 ? 0 : NewestFirst.Count(candidate => candidate.Id.Value.StartsWith(prefix, StringComparison.Ordinal));
}
