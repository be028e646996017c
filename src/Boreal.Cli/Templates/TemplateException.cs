namespace Boreal.Cli.Templates;

/// <summary>A template that can't be read or can't be carried out on the data given.</summary>
internal sealed class TemplateException(string message) : Exception(message)
{
    public static TemplateException Parsing(Position at, string problem) => new($"template: :{at.Line}: {problem}");

    public static TemplateException Executing(Position at, string source, string problem) =>
        new($"template: :{at.Line}:{at.Column}: executing \"\" at <{source}>: {problem}");
}
