using Boreal.Compose.Loading;
using Boreal.Compose.Projects;

namespace Boreal.Tests.Unit.Compose;

/// <summary>A project of one text, called <c>p</c>, in <c>/project</c>.</summary>
internal static class LoadedProject
{
    public static Project Of(string text, params IReadOnlyList<string> services) => new ProjectLoader(new LoadOptions
    {
        CurrentDirectory = "/",
        Environment = new Dictionary<string, string>(),
        Files = ["-"],
        Input = new StringReader(text),
        ProjectName = "p",
        ProjectDirectory = "/project",
        Services = services,
    }).Load();
}
