using System.Security.Cryptography;
using System.Text;
using Boreal.Compose.Projects;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Rendering;

/// <summary>A project as text.</summary>
internal static class ConfigText
{
    /// <summary>As <c>docker compose config</c> prints it; dollar signs are doubled so that it can be read again.</summary>
    public static string Render(Project project, bool isJson)
    {
        var printed = ModelPrinter.Print(project.Model, isJson);
        return (isJson ? JsonText.Write(printed) : YamlWriter.Write(printed)).Replace("$", "$$", StringComparison.Ordinal);
    }

    /// <summary>A model with its variables.</summary>
    public static string RenderModel(MappingNode model, bool isJson)
    {
        var printed = ModelPrinter.PrintRaw(model, isJson);
        return isJson ? JsonText.Write(printed) : YamlWriter.Write(printed);
    }

    /// <summary>What stock compose labels a service's containers with: containers with another hash are made anew.</summary>
    public static string Hash(MappingNode service)
    {
        var copy = (MappingNode)service.Copy();
        foreach (var key in (ReadOnlySpan<string>)["build", "pull_policy", "scale"]) copy.Remove(key);
        copy.Mapping("deploy")?.Remove("replicas");
        var json = JsonText.WriteCompact(new ModelPrinter(isJson: true).Mapping(copy, ServiceSchema.Service));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
    }
}
