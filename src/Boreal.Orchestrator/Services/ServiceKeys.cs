namespace Boreal.Orchestrator.Services;

/// <summary>Where things are in the store. <c>service</c> is always <c>app/name</c>.</summary>
internal static class ServiceKeys
{
    public const string Services = "services/";
    public const string Specs = "specs/";
    public const string Revisions = "revisions/";
    public const string Tasks = "tasks/";
    public const string Statuses = "status/";
    public const string Rotations = "rotation/";
    public const string Decisions = "decisions/";

    public static string Id(string app, string name) => $"{app}/{name}";

    public static string Record(string service) => Services + service;

    public static string Spec(string service) => Specs + service;

    public static string Revision(string service, long number) => $"{Revisions}{service}/{number}";

    public static string Task(string service, string id) => $"{Tasks}{service}/{id}";

    public static string Status(string service, string id) => $"{Statuses}{service}/{id}";

    public static string Rotation(string service) => Rotations + service;

    public static string DecisionsOf(string service) => Decisions + service;

    /// <summary>The kind (with its slash), the service, and what follows it.</summary>
    public static bool TryParse(string key, out string kind, out string service, out string rest)
    {
        kind = service = rest = "";
        var first = key.IndexOf('/');
        var second = first < 0 ? -1 : key.IndexOf('/', first + 1);
        if (second < 0)
            return false;
        var third = key.IndexOf('/', second + 1);
        kind = key[..(first + 1)];
        service = third < 0 ? key[(first + 1)..] : key[(first + 1)..third];
        rest = third < 0 ? "" : key[(third + 1)..];
        return true;
    }
}
