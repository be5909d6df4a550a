using System.Text.Json;

namespace IoTNet.Cli;

// Values of a kind.
internal sealed partial class TopologyReader
{
    // The members of an object by their names; those that are not known, or there twice, are problems.
    private Dictionary<string, JsonItem> Members(JsonItem item, params string[] known)
    {
        Dictionary<string, JsonItem> members = [];
        if (item.Kind != JsonTokenType.StartObject)
        {
            _problems.Expected(item, $"an object with {string.Join(", ", known)}");
            return members;
        }

        foreach (var (name, value) in item.Members)
        {
            if (!known.Contains(name))
            {
                _problems.Add(value, NearestName.Explain("member", name, known));
            }
            else if (!members.TryAdd(name, value))
            {
                _problems.Add(value, $"'{name}' is there already, in line {members[name].Line}");
            }
        }

        return members;
    }

    private static JsonItem Member(JsonItem item, string name) => item.Members.Find(member => member.Name == name).Value ?? item;

    private List<JsonItem> List(Dictionary<string, JsonItem> members, string name, string what)
    {
        if (!members.TryGetValue(name, out var item))
        {
            return [];
        }

        if (item.Kind != JsonTokenType.StartArray)
        {
            _problems.Expected(item, what);
        }

        return item.Items;
    }

    // A text or a number; null when it is not there, or of another kind.
    private JsonItem? Scalar(Dictionary<string, JsonItem> members, string name, string what)
    {
        if (!members.TryGetValue(name, out var item))
        {
            return null;
        }

        if (item.Kind is JsonTokenType.String or JsonTokenType.Number)
        {
            return item;
        }

        _problems.Expected(item, what);
        return null;
    }

    private bool Flag(Dictionary<string, JsonItem> members, string name)
    {
        if (members.TryGetValue(name, out var item) && item.Kind is not (JsonTokenType.True or JsonTokenType.False))
        {
            _problems.Expected(item, "true or false");
        }

        return item?.Kind == JsonTokenType.True;
    }

    private TimeSpan? Time(Dictionary<string, JsonItem> members, string name)
    {
        if (Scalar(members, name, Quantity.TimeForm) is not { } item)
        {
            return null;
        }

        if (!Quantity.TryTime(item.Text, out var time))
        {
            _problems.Expected(item, Quantity.TimeForm);
        }

        return time;
    }

    private bool IsText(JsonItem item, string what)
    {
        if (item.Kind != JsonTokenType.String)
        {
            _problems.Expected(item, what);
        }

        return item.Kind == JsonTokenType.String;
    }
}
