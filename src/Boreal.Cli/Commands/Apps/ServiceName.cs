using Boreal.Cli.CommandLine;
using Boreal.Client.Apps;

namespace Boreal.Cli.Commands.Apps;

/// <summary>How people name a service: <c>APP/SERVICE</c>, or only <c>SERVICE</c> where one app alone has it.</summary>
internal static class ServiceName
{
    public static async Task<(string App, string Service)> ResolveAsync(AppClient apps, string text, CancellationToken cancellationToken)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
            return (text[..slash], text[(slash + 1)..]);
        var found = new List<string>();
        foreach (var app in await apps.ListAsync(cancellationToken))
        {
            if ((await apps.InspectAsync(app.Name, cancellationToken)).Services.Any(service => service.Name == text))
                found.Add(app.Name);
        }
        return found switch
        {
            [var only] => (only, text),
            [] => throw new CommandFailedException($"no app has a service {text}: 'boreal app ls' lists the apps"),
            _ => throw new CommandFailedException($"{found.Count} apps have a service {text}: write {string.Join(" or ", found.Select(app => $"{app}/{text}"))}"),
        };
    }
}
