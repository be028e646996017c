using System.Text.Json;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Attributes;
using Boreal.Build.Dockerfile.Outline;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Graph;
using Boreal.BuildWire.Ignore;
using Boreal.Oci.Images;

namespace Boreal.Tests.Unit.Build;

/// <summary>
/// Golden/*.txt holds Dockerfiles, one feature each, with what BuildKit's Dockerfile frontend (1.26) answers: its operations, image
/// configuration and warnings, or its error. Ours has to answer the same.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var topic in Directory.EnumerateFiles(GoldenCase.Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal))
        {
            foreach (var golden in GoldenCase.Read(topic))
                data.Add(topic, golden.Name);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Dockerfile_OfEveryFeature_MeansWhatItMeansToBuildKit(string topic, string name)
    {
        var golden = GoldenCase.Read(topic).Single(golden => golden.Name == name);
        Assert.Equal(golden.Expected, await AnswerAsync(golden, TestContext.Current.CancellationToken));
    }

    internal static async Task<string> AnswerAsync(GoldenCase golden, CancellationToken cancellationToken)
    {
        try
        {
            var ignored = IgnoreFile.Read(golden.Files.GetValueOrDefault("Dockerfile.dockerignore", ""));
            var options = FrontendAttributes.Read(golden.Options, new BuildPlatform("linux", "amd64")).Single() with { IgnoredPatterns = ignored };
            var file = new DockerfileText("Dockerfile", golden.Files["Dockerfile"]);
            var frontend = new DockerfileFrontend(new GoldenSources(golden.Files));
            return golden.Options.GetValueOrDefault("requestid") switch
            {
                "frontend.lint" => await CheckAsync(frontend, file, options, cancellationToken),
                "frontend.outline" => Outline(await frontend.OutlineAsync(file, options, cancellationToken)),
                _ => Plan(await frontend.PlanAsync(file, options, cancellationToken)),
            };
        }
        catch (DockerfileException exception)
        {
            return Error(exception.Message, exception.Locations);
        }
        catch (FormatException exception)
        {
            return Error(exception.Message, []);
        }
    }

    internal static string Error(string message, IEnumerable<LineRange> locations) =>
        $"error: {message}\n" + string.Concat(locations.Distinct().Select(range => $"at: {range}\n"));

    private static async Task<string> CheckAsync(DockerfileFrontend frontend, DockerfileText file, FrontendOptions options, CancellationToken cancellationToken)
    {
        var report = await frontend.CheckAsync(file, options, cancellationToken);
        return Checked(report.Render(), report.Error?.Message);
    }

    /// <summary>Warnings of one line come in any order.</summary>
    internal static string Checked(string text, string? error)
    {
        var warnings = text.Split("\nWARNING: ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(warning => "WARNING: " + warning.TrimEnd('\n') + "\n");
        var all = string.Concat(warnings.Append(error is null ? "" : $"error: {error}\n"));
        return all.Length > 0 ? all : "clean\n";
    }

    private static string Outline(BuildOutline outline) => string.Concat(
        new[] { $"target: {outline.Name}|{outline.Description}" }
            .Concat(outline.Arguments.Select(argument => $"argument: {argument.Name}|{argument.Value}|{argument.Description}|{argument.Lines.Start}").Order(StringComparer.Ordinal))
            .Concat(outline.Secrets.Select(secret => $"secret: {secret.Name}|{secret.IsRequired}|{secret.Lines.Start}").Order(StringComparer.Ordinal))
            .Concat(outline.Agents.Select(agent => $"ssh: {agent.Name}|{agent.IsRequired}|{agent.Lines.Start}").Order(StringComparer.Ordinal))
            .Select(line => line + "\n"));

    private static string Plan(DockerfileBuild build)
    {
        var config = JsonSerializer.SerializeToNode(build.Plan.Config, OciJson.Default.ImageConfig) ?? throw new InvalidOperationException("no configuration");
        return Planned(build.Warnings.Select(warning => warning.Summary), PlanText.Render(build.Plan.Result), ImageText.Render(config));
    }

    internal static string Planned(IEnumerable<string> warnings, IEnumerable<string> operations, IEnumerable<string> image) => string.Concat(
        warnings.Order(StringComparer.Ordinal).Select(warning => $"warning: {warning}\n").Concat(operations.Select(operation => operation + "\n")).Concat(image.Select(line => line + "\n")));
}
