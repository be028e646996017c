using System.Text.Json;
using Boreal.Compose.Canonical;
using Boreal.Compose.Projects;

namespace Boreal.Compose.Requests;

/// <summary>Security options; a seccomp profile is read and sent along.</summary>
internal sealed class SecurityRequests(Project project, Settings service)
{
    private const string Unconfined = "systempaths=unconfined";

    public bool IsUnconfined => service.Texts("security_opt")?.Contains(Unconfined) is true;

    public IReadOnlyList<string>? Options() => service.Texts("security_opt")?.Where(option => option is not Unconfined).Select(Read).ToList();

    private string Read(string option)
    {
        var mark = option.IndexOfAny(['=', ':']);
        if (mark < 0 || option[..mark] is not "seccomp" || option[(mark + 1)..] is "unconfined" or "builtin") return option;
        var path = option[(mark + 1)..];
        try
        {
            using var profile = JsonDocument.Parse(File.ReadAllBytes(CleanPath.Join(path.StartsWith('/') ? "" : project.WorkingDirectory, path)));
            return $"seccomp={profile.RootElement.GetRawText()}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ComposeException($"opening seccomp profile ({path}) failed: {exception.Message}", exception);
        }
    }
}
