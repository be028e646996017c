using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Outline;

namespace Boreal.Build.Dockerfile.Answers;

/// <summary>Turns what the frontend found into what clients print and parse.</summary>
public static class AnswerWriter
{
    private const string NamelessTarget = "(default)";

    private static readonly (string Name, string Description)[] Requests =
    [
        (FrontendAnswer.OutlineRequest, "List all parameters current build target supports"),
        (FrontendAnswer.TargetsRequest, "List all targets current build supports"),
        (FrontendAnswer.DescribeRequest, "List available subrequest types"),
    ];

    /// <summary><c>docker build --check</c></summary>
    public static FrontendAnswer Write(LintReport report) => new(Json(report), report.Render(), report.IsClean ? 0 : 1);

    /// <summary><c>docker build --call outline</c></summary>
    public static FrontendAnswer Write(BuildOutline outline, DockerfileText file) => new(Json(outline, file), Text(outline));

    /// <summary><c>docker build --call targets</c></summary>
    public static FrontendAnswer Write(IReadOnlyList<BuildTarget> targets, DockerfileText file) => new(Json(targets, file), Text(targets));

    /// <summary>Which requests there are.</summary>
    public static FrontendAnswer Describe()
    {
        const string prefix = "frontend.";
        var rows = Requests.Select(request => new[] { request.Name[prefix.Length..], FrontendAnswer.Version, request.Description });
        return new(DescribeJson(), TextTable.Render(1, rows.Prepend(["NAME", "VERSION", "DESCRIPTION"])));
    }

    private static string Json(LintReport report) => AnswerJson.Write(writer =>
    {
        writer.WriteStartObject();
        if (report.Warnings.Count == 0) writer.WriteNull("warnings");
        writer.List("warnings", report.Warnings, warning =>
        {
            writer.WriteString("ruleName", warning.Rule.Name);
            writer.Text("description", warning.Rule.Description);
            writer.Text("url", warning.Rule.Url);
            writer.Text("detail", warning.Message);
            writer.Location(warning.Location);
        });
        writer.List("sources", [report], source =>
        {
            writer.WriteString("filename", source.FileName);
            writer.WriteBase64String("data", System.Text.Encoding.UTF8.GetBytes(source.Text));
            writer.WriteString("language", "Dockerfile");
        });
        if (report.Error is { } error)
        {
            writer.WriteStartObject("buildError");
            writer.WriteString("message", error.Message);
            writer.Location(error.Locations);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    });

    private static string Json(BuildOutline outline, DockerfileText file) => AnswerJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.Text("name", outline.Name);
        writer.Text("description", outline.Description);
        writer.List("args", outline.Arguments, argument =>
        {
            writer.WriteString("name", argument.Name);
            writer.Text("description", argument.Description);
            writer.Text("value", argument.Value);
            writer.Location(argument.Lines);
        });
        writer.List("secrets", outline.Secrets, Secret);
        writer.List("ssh", outline.Agents, Secret);
        writer.Sources(file.Text);
        writer.WriteEndObject();

        void Secret(OutlineSecret secret)
        {
            writer.WriteString("name", secret.Name);
            writer.Flag("required", secret.IsRequired);
            writer.Location(secret.Lines);
        }
    });

    private static string Text(BuildOutline outline)
    {
        var text = "";
        if (outline.Name.Length > 0 || outline.Description.Length > 0)
        {
            var rows = new List<string[]> { new[] { "TARGET:", outline.Name.Length > 0 ? outline.Name : NamelessTarget } };
            if (outline.Description.Length > 0) rows.Add(["DESCRIPTION:", outline.Description]);
            text += TextTable.Render(1, rows) + "\n";
        }
        text += Table(["BUILD ARG", "VALUE", "DESCRIPTION"], outline.Arguments.Select(argument => new[] { argument.Name, argument.Value, argument.Description }));
        text += Table(["SECRET", "REQUIRED"], outline.Secrets.Select(Row));
        return text + Table(["SSH", "REQUIRED"], outline.Agents.Select(Row));

        static string[] Row(OutlineSecret secret) => [secret.Name, secret.IsRequired ? "true" : ""];
    }

    private static string Table(string[] header, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        return all.Count == 0 ? "" : TextTable.Render(3, all.Prepend(header)) + "\n";
    }

    private static string Json(IReadOnlyList<BuildTarget> targets, DockerfileText file) => AnswerJson.Write(writer =>
    {
        writer.WriteStartObject();
        if (targets.Count == 0) writer.WriteNull("targets");
        writer.List("targets", targets, target =>
        {
            writer.Text("name", target.Name);
            writer.Flag("default", target.IsDefault);
            writer.Text("description", target.Description);
            writer.Text("base", target.Base);
            writer.Text("platform", target.Platform);
            writer.Location(target.Lines);
        });
        writer.Sources(file.Text);
        writer.WriteEndObject();
    });

    private static string Text(IReadOnlyList<BuildTarget> targets) =>
        TextTable.Render(1, targets.Select(target => new[] { Name(target), target.Description }).Prepend(["TARGET", "DESCRIPTION"]));

    private static string Name(BuildTarget target) =>
        !target.IsDefault ? target.Name : target.Name.Length == 0 ? NamelessTarget : $"{target.Name} {NamelessTarget}";

    private static string DescribeJson() => AnswerJson.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var (name, description) in Requests)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("version", FrontendAnswer.Version);
            writer.WriteString("type", "rpc");
            writer.WriteString("description", description);
            string[] results = ["result.json", "result.txt"];
            writer.List("metadata", results, result =>
            {
                writer.WriteString("name", result);
                writer.WriteString("description", "");
            });
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
