using System.Collections;
using System.Reflection;
using NanoSurface.Footprint;

namespace IoTNet.Cli;

/// <summary>Walks what is reachable from an object of the running program and adds up what the same objects take on a
/// device's heap.</summary>
internal sealed class HeapWalk
{
    /// <summary>From this length on a <c>byte[]</c> is a buffer, which is counted apart: below it are addresses and
    /// options.</summary>
    public const int SmallestBuffer = 256;

    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, FieldInfo[]> s_fields = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _waiting = new();
    private readonly Dictionary<string, HeapShare> _shares = new(StringComparer.Ordinal);

    private HeapWalk()
    {
    }

    /// <param name="roots">Where to begin.</param>
    /// <exception cref="InvalidOperationException">It leads to an object of .NET's of which it is not known what it takes on a
    /// device; the message names it.</exception>
    public static HeapUse Of(params object[] roots)
    {
        var walk = new HeapWalk();
        foreach (var root in roots)
        {
            walk.Meet(root);
        }
        while (walk._waiting.TryPop(out var next))
        {
            walk.Visit(next);
        }
        return new HeapUse(walk._shares);
    }

    private void Meet(object? found)
    {
        // What describes code is no object of the device's heap.
        if (found is not (null or Type or MemberInfo) && _seen.Add(found))
        {
            _waiting.Push(found);
        }
    }

    private void Visit(object found)
    {
        switch (found)
        {
            case string text:
                // Literals are interned, and lie in the device's flash but for the block that refers to them.
                Count(found, string.IsInterned(text) is null
                    ? HeapBlocks.String(System.Text.Encoding.UTF8.GetByteCount(text))
                    : HeapBlocks.BlockBytes);
                break;
            case Array array:
                VisitArray(array);
                break;
            case Delegate called:
                VisitDelegate(called);
                break;
            case var number when found.GetType().IsPrimitive || found.GetType().IsEnum:
                Count(number, HeapBlocks.Object(1));
                break;
            case var own when IsOurs(own.GetType()):
                VisitObject(own);
                break;
            default:
                Count(found, DeviceTypes.BytesOf(found));
                VisitElements(found);
                break;
        }
    }

    private void VisitArray(Array array)
    {
        var element = array.GetType().GetElementType()!;
        var bytes = HeapBlocks.Array(
            HeapBlocks.ElementBytes((element.IsEnum ? Enum.GetUnderlyingType(element) : element).FullName!), array.LongLength);
        Count(array, bytes, isBuffer: element == typeof(byte) && array.Length >= SmallestBuffer);
        if (element.IsPrimitive || element.IsEnum)
        {
            return;
        }
        foreach (var item in array)
        {
            MeetValue(element, item);
        }
    }

    private void VisitDelegate(Delegate called)
    {
        var targets = called.GetInvocationList();
        Count(called, HeapBlocks.Delegate(targets.Length));
        foreach (var target in targets)
        {
            // The compiler keeps a static method's delegate on an object without fields; the device has it as an object too.
            Meet(target.Target);
        }
    }

    private void VisitObject(object own)
    {
        Count(own, HeapBlocks.Object(FieldsOf(own.GetType()).Length));
        VisitFields(own);
    }

    private void VisitFields(object own)
    {
        foreach (var field in FieldsOf(own.GetType()))
        {
            MeetValue(field.FieldType, field.GetValue(own));
        }
    }

    private void MeetValue(Type declared, object? value)
    {
        if (!declared.IsValueType)
        {
            Meet(value);
        }
        else if (!declared.IsPrimitive && !declared.IsEnum && !DeviceTypes.FitsABlock(declared))
        {
            // A struct in a field or an array is an object of its own.
            Count(declared, HeapBlocks.Object(FieldsOf(declared).Length));
            VisitFields(value!);
        }
    }

    private void VisitElements(object collection)
    {
        if (collection is IDictionary table)
        {
            VisitElements(table.Keys);
            VisitElements(table.Values);
        }
        else if (collection is ICollection elements)
        {
            foreach (var element in elements)
            {
                Meet(element);
            }
        }
    }

    private void Count(object found, int bytes, bool isBuffer = false) => Count(found.GetType(), bytes, isBuffer);

    private void Count(Type type, int bytes, bool isBuffer = false)
    {
        var name = isBuffer ? "buffers" : type.FullName!;
        _shares[name] = _shares.GetValueOrDefault(name) + new HeapShare(1, isBuffer ? 0 : bytes, isBuffer ? bytes : 0);
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name is { } name
        && !name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static FieldInfo[] FieldsOf(Type type)
    {
        if (!s_fields.TryGetValue(type, out var fields))
        {
            List<FieldInfo> all = [];
            for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
            {
                all.AddRange(current.GetFields(OwnFields));
            }
            s_fields[type] = fields = [.. all];
        }
        return fields;
    }
}
