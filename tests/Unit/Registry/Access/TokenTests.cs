using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Boreal.Registry.Access;
using Boreal.Registry.Access.Grants;
using Boreal.Registry.Access.Tokens;
using Boreal.Registry.Access.Users;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Registry.Access;

public sealed class TokenTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ManualClock _clock = new();
    private readonly TokenKey _key;
    private readonly User _ann = new("ann", "hash", new GrantSet([Grant.Parse("team/**:pull,push,delete"), Grant.Parse("seen:pull")]));
    private readonly User _root = new("root", "hash", GrantSet.Everything);
    private readonly UserDirectory _users;

    public TokenTests()
    {
        _key = TokenKey.Open(_folder.Path, _clock);
        _users = new UserDirectory([_ann, _root], new GrantSet([Grant.Parse("pub/**:pull")]));
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Open_Again_IsTheSameKeyAndCertificate()
    {
        using var again = TokenKey.Open(_folder.Path, _clock);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder.Path, "token-cert.pem"));
        Assert.Equal(_key.Id, again.Id);
        Assert.Matches("^([A-Z2-7]{4}:){11}[A-Z2-7]{4}$", _key.Id);
        Assert.True(again.Verify("x"u8, _key.Sign("x"u8)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "token-key.pem")));
    }

    [Fact]
    public void Open_FileWithoutKey_NamesIt()
    {
        var path = Path.Combine(_folder.Path, "token-key.pem");
        File.WriteAllText(path, "no key");
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => TokenKey.Open(_folder.Path, _clock)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("repository:team/a:pull,push", "repository:team/a:pull,push")]
    [InlineData("repository:team/a:*", "repository:team/a:pull,push,delete,*")]
    [InlineData("repository:seen:pull,push", "repository:seen:pull")]
    [InlineData("repository:seen:*", "repository:seen:pull")]
    [InlineData("repository:pub/x:pull", "repository:pub/x:pull")]
    [InlineData("repository:other:pull,push", "")]
    [InlineData("repository:team/a:pull repository:team/b:push", "repository:team/a:pull repository:team/b:push")]
    [InlineData("repository:team/a:pull repository:team/a:push", "repository:team/a:pull,push")]
    [InlineData("repository(plugin):team/a:pull", "repository:team/a:pull")]
    [InlineData("repository:host:5000/x:pull", "")]
    [InlineData("registry:catalog:*", "registry:catalog:*")]
    [InlineData("registry:administration:*", "")]
    [InlineData("nonsense", "")]
    [InlineData("repository:team/a:admin", "")]
    public void Issue_Scopes_GivesWhatRightsCover(string asked, string granted) =>
        Assert.Equal(granted, Issuer().Issue(_ann, _users, "own", TokenScope.Parse([asked]), withRefresh: false).Scope);

    [Fact]
    public void Issue_ForAnotherRegistry_ListsItsNamesForAdministratorsOnly()
    {
        var scopes = TokenScope.Parse(["registry:catalog:*"]);
        Assert.Equal("", Issuer().Issue(_ann, _users, "other", scopes, withRefresh: false).Scope);
        Assert.Equal("registry:catalog:*", Issuer().Issue(_root, _users, "other", scopes, withRefresh: false).Scope);
    }

    [Fact]
    public void Read_OwnToken_HasItsClaimsUntilItEnds()
    {
        var issuer = Issuer();
        var token = issuer.Issue(_ann, _users, "own", TokenScope.Parse(["repository:team/a:pull"]), withRefresh: false).Token;
        Assert.Equal("ann", issuer.Read(token)?.Subject);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(issuer.Read(token));
    }

    [Fact]
    public void Read_TokenForAnotherRegistry_IsNone()
    {
        var issuer = Issuer();
        Assert.Null(issuer.Read(issuer.Issue(_ann, _users, "other", [], withRefresh: false).Token));
    }

    [Fact]
    public void Read_ChangedToken_IsNone()
    {
        var issuer = Issuer();
        var parts = issuer.Issue(_ann, _users, "own", [], withRefresh: false).Token.Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("ann", "root", StringComparison.Ordinal);
        var none = Base64Url.EncodeToString("""{"typ":"JWT","alg":"none"}"""u8);

        Assert.Null(issuer.Read($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}"));
        Assert.Null(issuer.Read($"{none}.{parts[1]}."));
        Assert.Null(issuer.Read($"{parts[0]}.{parts[1]}."));
        Assert.Null(issuer.Read($"{parts[0]}."));
        Assert.Null(issuer.Read(""));
    }

    [Fact]
    public void Issue_Always_CarriesBothNamesAndIsSignedWithTheCertifiedKey()
    {
        var answer = Issuer().Issue(null, _users, "own", [], withRefresh: true);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder.Path, "token-cert.pem"));
        using var publicKey = certificate.GetECDsaPublicKey();
        var dot = answer.Token.LastIndexOf('.');

        Assert.Equal(answer.Token, answer.AccessToken);
        Assert.Equal(300, answer.ExpiresIn);
        Assert.Equal("2026-01-02T03:04:05Z", answer.IssuedAt);
        Assert.Null(answer.RefreshToken);
        Assert.NotNull(publicKey);
        Assert.True(publicKey.VerifyData(Encoding.ASCII.GetBytes(answer.Token[..dot]), Base64Url.DecodeFromChars(answer.Token.AsSpan(dot + 1)), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void Redeem_IdentityToken_IsItsUserUntilPasswordOrTimeChange()
    {
        var tokens = Refresh();
        var token = tokens.Issue(_ann);

        Assert.Same(_ann, tokens.Redeem(token, _users));
        Assert.Null(tokens.Redeem(token + "A", _users));
        Assert.Null(tokens.Redeem("x.y", _users));
        Assert.Null(tokens.Redeem(token, new UserDirectory([_ann with { PasswordHash = "new" }], GrantSet.Nothing)));
        Assert.Null(tokens.Redeem(token, new UserDirectory([], GrantSet.Nothing)));
        Assert.Null(Issuer().Read(token));
        _clock.Advance(TimeSpan.FromDays(91));
        Assert.Null(tokens.Redeem(token, _users));
    }

    private TokenIssuer Issuer() => new(
        new AccessOptions { UserFile = "", KeyFolder = _folder.Path, Services = ["own", "other"] }, new TokenSigner(_key), Refresh(), _clock);

    private RefreshTokens Refresh() => new(_key.RefreshSecret, TimeSpan.FromDays(90), _clock);
}
