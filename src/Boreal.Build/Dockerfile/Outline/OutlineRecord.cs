using System.Collections.Immutable;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Outline;

/// <summary>What a stage was seen to take: arguments, secrets and agents. A stage starts with what its base takes.</summary>
internal sealed record OutlineRecord
{
    /// <summary>Arguments by name, also those nobody uses.</summary>
    public ImmutableDictionary<string, KnownArgument> Arguments { get; private set; } = ImmutableDictionary<string, KnownArgument>.Empty;

    public ImmutableHashSet<string> Used { get; private set; } = [];

    public ImmutableDictionary<string, KnownSecret> Secrets { get; private set; } = ImmutableDictionary<string, KnownSecret>.Empty;

    public ImmutableDictionary<string, KnownSecret> Agents { get; private set; } = ImmutableDictionary<string, KnownSecret>.Empty;

    public OutlineRecord Copy() => this with { };

    public void Add(ArgDefinition definition, string value, LineRange lines, IReadOnlySet<string> dependencies) =>
        Arguments = Arguments.SetItem(definition.Name, new KnownArgument(definition, value, lines, dependencies));

    public void Use(string name) => Used = Used.Add(name);

    public void Use(IEnumerable<string> names) => Used = Used.Union(names);

    public void AddSecret(string id, bool isRequired, LineRange lines)
    {
        if (!Secrets.ContainsKey(id)) Secrets = Secrets.Add(id, new KnownSecret(isRequired, lines));
    }

    public void AddAgent(string id, bool isRequired, LineRange lines)
    {
        if (!Agents.ContainsKey(id)) Agents = Agents.Add(id, new KnownSecret(isRequired, lines));
    }

    /// <summary>The arguments in use; one that is used also uses what its default is made of.</summary>
    public IReadOnlyList<KnownArgument> UsedArguments()
    {
        var found = new Dictionary<string, KnownArgument>();
        var pending = new Queue<string>(Used);
        while (pending.TryDequeue(out var name))
        {
            if (!Arguments.TryGetValue(name, out var known) || !found.TryAdd(name, known)) continue;
            foreach (var dependency in known.Dependencies)
                pending.Enqueue(dependency);
        }
        return [.. found.Values];
    }

    internal sealed record KnownArgument(ArgDefinition Definition, string Value, LineRange Lines, IReadOnlySet<string> Dependencies);

    internal sealed record KnownSecret(bool IsRequired, LineRange Lines);
}
