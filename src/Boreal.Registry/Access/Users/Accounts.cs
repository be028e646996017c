using Boreal.Registry.Access.Grants;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Access.Users;

/// <summary>
/// Who may do what, from the user file and an htpasswd file. A changed file counts within a second; one that cannot be read
/// or went away changes nothing, so that a slip of an editor opens no door.
/// </summary>
internal sealed partial class Accounts
{
    private static readonly GrantSet OfHtpasswd = new([new Grant(RepositoryPattern.Everything, Rights.Whole)]);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly AccessOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _reading = new();
    private volatile Snapshot _snapshot;
    private bool _isGone;

    /// <exception cref="InvalidDataException">A file is not what it should be.</exception>
    public Accounts(AccessOptions options, TimeProvider clock, ILogger logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        var stamps = Stamps();
        _snapshot = new Snapshot(IsThere ? Read() : null, stamps, clock.GetTimestamp());
    }

    /// <summary>Null: nobody keeps users, so everybody may do everything.</summary>
    public UserDirectory? Current
    {
        get
        {
            var snapshot = _snapshot;
            if (_clock.GetElapsedTime(snapshot.SeenAt) < LookEvery || !_reading.TryEnter())
                return snapshot.Users;
            try
            {
                return Look().Users;
            }
            finally
            {
                _reading.Exit();
            }
        }
    }

    private bool IsThere => _options.HtpasswdFile is not null || File.Exists(_options.UserFile);

    private Snapshot Look()
    {
        var (seen, stamps) = (_snapshot, Stamps());
        var isGone = stamps.Users == default && seen.Stamps.Users != default;
        if (isGone && !_isGone)
            Log.Unreadable(_logger, $"{_options.UserFile} is gone");
        _isGone = isGone;
        // As if it had not been looked at: what it said counts until it is there again.
        if (isGone || stamps == seen.Stamps)
            return _snapshot = seen with { SeenAt = _clock.GetTimestamp() };
        var users = seen.Users;
        try
        {
            users = Read();
            Log.Read(_logger, _options.UserFile);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Log.Unreadable(_logger, e.Message);
        }
        return _snapshot = new Snapshot(users, stamps, _clock.GetTimestamp());
    }

    private UserDirectory Read()
    {
        var document = UserFile.Read(_options.UserFile);
        var hashes = _options.HtpasswdFile is { } path ? HtpasswdFile.Read(path) : new Dictionary<string, string>();
        var own = from entry in document.Users
                  let hash = entry.Value.Password ?? hashes.GetValueOrDefault(entry.Key)
                  where hash is not null
                  select new User(entry.Key, hash, UserFile.Grants(entry.Value.Rights));
        var others = from entry in hashes
                     where !document.Users.ContainsKey(entry.Key)
                     select new User(entry.Key, entry.Value, OfHtpasswd);
        return new UserDirectory(own.Concat(others), UserFile.Grants(document.Anonymous));
    }

    private (Stamp Users, Stamp Htpasswd) Stamps() =>
        (Stamp.Of(_options.UserFile), _options.HtpasswdFile is { } path ? Stamp.Of(path) : default);

    private sealed record Snapshot(UserDirectory? Users, (Stamp Users, Stamp Htpasswd) Stamps, long SeenAt);

    private readonly record struct Stamp(DateTime Written, long Length)
    {
        public static Stamp Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new Stamp(file.LastWriteTimeUtc, file.Length) : default;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(701, LogLevel.Information, "users and rights read again from {Path}")]
        public static partial void Read(ILogger logger, string path);

        [LoggerMessage(702, LogLevel.Error, "users and rights stay as they were: {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);
    }
}
