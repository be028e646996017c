using Boreal.Build.Dockerfile.Planning;

namespace Boreal.Build.Dockerfile.Outline;

/// <summary>Gathers the outline of a planned target and everything it is made from.</summary>
internal static class OutlineReader
{
    public static BuildOutline Read(StageState target)
    {
        var arguments = new Dictionary<string, OutlineArgument>();
        var secrets = new Dictionary<string, OutlineSecret>();
        var agents = new Dictionary<string, OutlineSecret>();
        foreach (var stage in StageGraph.Reachable(target))
        {
            foreach (var known in stage.Outline.UsedArguments())
                arguments.TryAdd(known.Definition.Name, new OutlineArgument(known.Definition.Name, known.Value, known.Definition.Description ?? "", known.Lines));
            foreach (var (name, known) in stage.Outline.Secrets)
                secrets.TryAdd(name, new OutlineSecret(name, known.IsRequired, known.Lines));
            foreach (var (name, known) in stage.Outline.Agents)
                agents.TryAdd(name, new OutlineSecret(name, known.IsRequired, known.Lines));
        }
        return new BuildOutline
        {
            Name = target.Name,
            Description = target.Stage.Description ?? "",
            Arguments = [.. arguments.Values.OrderBy(argument => argument.Lines.Start)],
            Secrets = [.. secrets.Values.OrderBy(secret => secret.Lines.Start)],
            Agents = [.. agents.Values.OrderBy(agent => agent.Lines.Start)],
        };
    }
}
