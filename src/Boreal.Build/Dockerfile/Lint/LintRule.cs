namespace Boreal.Build.Dockerfile.Lint;

/// <summary>A check of Dockerfiles: name and texts are Docker's, so that skip lists and editors know them.</summary>
public sealed record LintRule
{
    internal LintRule(string name, string description, string page)
    {
        Name = name;
        Description = description;
        Url = page.Length > 0 ? $"https://docs.docker.com/go/dockerfile/rule/{page}/" : "";
    }

    public string Name { get; }

    public string Description { get; }

    /// <summary>Where the rule is explained; empty when nowhere.</summary>
    public string Url { get; }

    /// <summary>Runs only when asked for by name.</summary>
    public bool IsExperimental { get; init; }
}
