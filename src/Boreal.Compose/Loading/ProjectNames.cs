using Boreal.Compose.Interpolation;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>What a project is called: by option, by <c>COMPOSE_PROJECT_NAME</c>, by its files, by its folder.</summary>
internal static class ProjectNames
{
    public const string Variable = "COMPOSE_PROJECT_NAME";

    public static string Choose(LoadOptions options, ProjectSource source)
    {
        if (options.ProjectName.Length > 0) return Checked(options.ProjectName);
        if (source.Environment.GetValueOrDefault(Variable) is { Length: > 0 } given) return Checked(given);
        var name = InFiles(options, source);
        if (name.Length is 0) name = Normalize(Path.GetFileName(source.WorkingDirectory));
        return name.Length > 0 ? name : throw new ComposeException("project name must not be empty: the folder's name has no letters or digits, choose one with -p or the key name");
    }

    /// <summary>In lower case, without what can't stand in a name.</summary>
    public static string Normalize(string text) =>
        new string([.. text.ToLowerInvariant().Where(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' or '-')]).TrimStart('_', '-');

    private static string Checked(string name) => Normalize(name) == name
        ? name
        : throw new ComposeException($"invalid project name \"{name}\": must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number");

    private static string InFiles(LoadOptions options, ProjectSource source)
    {
        var name = "";
        foreach (var node in source.Files.SelectMany(file => YamlReader.Read(file.Name, file.Text)).OfType<MappingNode>())
        {
            if (node.Get("name") is not ScalarNode { Kind: ScalarKind.Text } scalar || scalar.Value.Length is 0) continue;
            var text = options.Interpolates ? ((ScalarNode)new Interpolator(source.Environment.GetValueOrDefault, null).Apply(scalar)).Value : scalar.Value;
            name = Normalize(text);
        }

        return name;
    }
}
