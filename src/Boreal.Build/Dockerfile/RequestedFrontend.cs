using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Notation;
using Boreal.Oci.References;

namespace Boreal.Build.Dockerfile;

/// <summary>The frontend that a file or a build asks for by name: every version of Docker's own is this one, others we can't be.</summary>
internal static class RequestedFrontend
{
    private const string Argument = "BUILDKIT_SYNTAX";
    private static readonly string[] Ours = ["docker.io/docker/dockerfile", "docker.io/docker/dockerfile-upstream"];

    /// <exception cref="DockerfileException">Another frontend is asked for.</exception>
    public static void RequireOurs(DockerfileText file, IReadOnlyDictionary<string, string> buildArguments)
    {
        if (buildArguments.TryGetValue(Argument, out var asked))
        {
            if (!IsOurs(asked.Trim().Split(' ', 2)[0])) throw new DockerfileException(Message(asked, $"remove the build argument {Argument}"));
        }
        else if (Directives.FindSyntax(file.Text) is { } directive && !IsOurs(directive.FirstWord))
        {
            throw new DockerfileException(Message(directive.FirstWord, "change or remove the syntax directive"), directive.Location);
        }
    }

    private static bool IsOurs(string name) => ImageReference.TryParse(name, out var reference) && reference is not null && Ours.Contains(reference.Repository);

    private static string Message(string name, string advice) =>
        $"frontend {GoText.Quote(name)} is not supported: Dockerfiles are built by the built-in docker/dockerfile:1, {advice}";
}
