using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Outline;

/// <summary>What a stage was seen to take: arguments, secrets and agents.</summary>
internal sealed record OutlineRecord
{
    /// <summary>Arguments by name, also those nobody uses.</summary>
    public Dictionary<string, KnownArgument> Arguments { get; init; } = [];

    public HashSet<string> Used { get; init; } = [];

    public Dictionary<string, KnownSecret> Secrets { get; init; } = [];

    public Dictionary<string, KnownSecret> Agents { get; init; } = [];

    public OutlineRecord Copy() => new()
    {
        Arguments = new(Arguments),
        Used = [.. Used],
        Secrets = new(Secrets),
        Agents = new(Agents),
    };

    /// <summary>An argument that is used also uses what its default is made of.</summary>
    public void UseDependencies()
    {
        var pending = new Queue<string>(Used);
        while (pending.TryDequeue(out var name))
        {
            if (!Arguments.TryGetValue(name, out var known)) continue;
            foreach (var dependency in known.Dependencies)
            {
                if (Used.Add(dependency)) pending.Enqueue(dependency);
            }
        }
    }

    internal sealed record KnownArgument(ArgDefinition Definition, string Value, LineRange Lines, IReadOnlySet<string> Dependencies);

    internal sealed record KnownSecret(bool IsRequired, LineRange Lines);
}
